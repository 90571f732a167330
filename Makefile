# Two doors: `make demo` runs the main job, `make test` the tests. Each installs first what is missing.

# The C kernels of a debug build are compiled with -O2: unoptimised they make the tests ten times slower.
# libgomp's threads spin briefly only, since tests share the machine's cores with the compiler.
test_flags := -Xcc -O2
test test-xla: export GOMP_SPINCOUNT ?= 1000
test test-xla: export KERAS_PYTHON ?= $(CURDIR)/.venv/bin/python

.PHONY: help demo guide story test xla test-xla bench fixtures clean

help: ## Says what can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

demo: ## Trains a classifier on Fashion-MNIST's 60,000 images. ARGS="--seed 2 --epochs 5 --data FOLDER"
	@scripts/setup.sh
	@swift build -c release --product demo
	@"$$(swift build -c release --show-bin-path)/demo" $(ARGS)

guide: ## Runs the guide to the functional API and checks every fact in it. SECTIONS="3 5" picks some.
	@scripts/setup.sh
	@swift build -c release --product guide
	@"$$(swift build -c release --show-bin-path)/guide" $(SECTIONS)

story: ## Tells a whole story on data. STORY="autoencoder", "tickets", "resnet --epochs 5" or "style --steps 100"
	@scripts/setup.sh
	@swift build -c release --product story
	@"$$(swift build -c release --show-bin-path)/story" $(STORY)

test: ## Runs the tests. FILTER=Summary runs those whose names match.
	@scripts/setup.sh --python
	@swift test $(test_flags) $(if $(FILTER),--filter $(FILTER))

xla: ## Fetches XLA for this processor into .xla, for KERAS_BACKEND=xla (63 MB, once).
	@scripts/setup.sh --xla

test-xla: ## Runs the tests of tensors, layers and training on XLA. FILTER=Layer picks some.
	@scripts/setup.sh --python --xla
	@KERAS_BACKEND=xla swift test $(test_flags) --filter '$(if $(FILTER),$(FILTER),GraphTests|TensorsTests|XLAEngineTests|KerasTests)'

bench: ## Compares with Keras on JAX, TensorFlow and torch, and with PyTorch. ROWS="lstm transformer" picks rows; GROWTH=1: growth.
	@scripts/setup.sh $(if $(GROWTH),,--bench)
	@swift build -c release --product benchmark
	@python3 Benchmarks/bench.py --benchmark "$$(swift build -c release --show-bin-path)/benchmark" $(if $(GROWTH),--growth) $(ROWS)

fixtures: ## Writes again what the tests know of the real Keras: some minutes. ONLY="layers guide" picks folders.
	@scripts/setup.sh --python
	@for script in $(if $(ONLY),$(ONLY:%=Tests/Fixtures/%/make_*.py),Tests/Fixtures/*/make_*.py); do echo $$script; \
	  KERAS_BACKEND=jax .venv/bin/python $$script || exit 1; done

clean: ## Removes what was built; the Python environments stay.
	@swift package clean
	@rm -rf output

# Two doors: `make demo` runs the main job, `make test` the tests. Each installs first what is missing.

# The C kernels of a debug build are compiled with -O2: unoptimised they make the tests ten times slower.
# libgomp's threads spin briefly only, since tests share the machine's cores with the compiler.
test_flags := -Xcc -O2
test: export GOMP_SPINCOUNT ?= 1000
test: export KERAS_PYTHON ?= $(CURDIR)/.venv/bin/python

.PHONY: help demo test bench fixtures clean

help: ## Says what can be made.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

demo: ## Trains a classifier on Fashion-MNIST's 60,000 images. ARGS="--seed 2 --epochs 5 --data FOLDER"
	@scripts/setup.sh
	@swift build -c release --product demo
	@"$$(swift build -c release --show-bin-path)/demo" $(ARGS)

test: ## Runs the tests. FILTER=Summary runs those whose names match.
	@scripts/setup.sh --python
	@swift test $(test_flags) $(if $(FILTER),--filter $(FILTER))

bench: ## Compares with Keras-JAX and PyTorch, side by side. ROWS="mlp" picks the rows.
	@scripts/setup.sh --bench
	@swift build -c release --product benchmark
	@python3 Benchmarks/bench.py --benchmark "$$(swift build -c release --show-bin-path)/benchmark" $(ROWS)

fixtures: ## Writes again what the tests know of the real Keras' texts.
	@scripts/setup.sh --python
	@KERAS_BACKEND=jax .venv/bin/python Tests/Fixtures/display/make_display.py

clean: ## Removes what was built; the Python environments stay.
	@swift package clean
	@rm -rf output

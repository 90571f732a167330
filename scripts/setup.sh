#!/usr/bin/env bash
# Installs what building, testing and the demo need and this machine lacks. Run it as often as you like.
#
#   scripts/setup.sh             Debian packages: oneDNN, HDF5, libzip, zlib, PNG, JPEG, Graphviz, Fashion-MNIST
#   scripts/setup.sh --python    also .venv: the real Keras, for the tests that compare with it
#   scripts/setup.sh --xla       also .xla: XLA for this processor, a PJRT plugin from the Python index, for the XLA engine
#   scripts/setup.sh --bench     also .venv-bench-jax, -tensorflow and -torch: the benchmark's peers
#
# Everything stays in this folder but the Debian packages, which need root or sudo.
set -euo pipefail
cd "$(dirname "$0")/.."

# libdnnl: matrix products and convolutions. libhdf5: Keras' weight files. libzip: Keras' and NumPy's archives. zlib: gzip files.
# libpng, libjpeg: pictures.
# pkg-config: how SwiftPM finds libraries.
# graphviz with a Helvetica-like font: plotModel. dataset-fashion-mnist: the demo's 70,000 images.
packages=(libdnnl-dev libhdf5-dev libzip-dev zlib1g-dev libpng-dev libjpeg-dev pkg-config graphviz "fonts-liberation2|fonts-liberation" dataset-fashion-mnist)
keras_version=3.15.1
torch_version=2.13.0
# XLA's own CPU plugin, built by others from XLA's sources: it is used only if it is this very file.
xla_package=lammps-jax-pjrt-cpu==0.11.2
xla_plugin=lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so
xla_checksum=ad1309ac822b1b24d51b7f9947c7c9fa9ef5d67f390584cbc3d1fa2428fed9c2

python=no bench=no xla=no
for argument in "$@"; do
  case $argument in
    --python) python=yes ;;
    --bench) bench=yes ;;
    --xla) xla=yes ;;
    -h|--help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "setup: unknown option $argument (known: --python, --bench, --xla)" >&2; exit 2 ;;
  esac
done

say() { echo "setup: $*"; }
fail() { echo "setup: $*" >&2; exit 1; }

# ---------------------------------------------------------------------------------------------- Swift

if ! command -v swift >/dev/null; then
  fail "there is no 'swift' in PATH. swift-keras needs Swift 6.3 or later: https://www.swift.org/install/linux/ says how to get it."
fi

# ------------------------------------------------------------------------------------ Debian packages

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif ! command -v sudo >/dev/null; then fail "root is needed for: $*. Install 'sudo', or run that as root yourself, then repeat."
  elif [ -t 0 ]; then sudo "$@"
  else sudo -n "$@" || fail "root is needed for: $*. sudo asks for a password here; run that yourself, then repeat."
  fi
}

# The packages' states in one call: dpkg-query takes as long for one as for all.
installed=""
look() { installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null | sed -n 's/^ii *//p'); }
is_installed() { grep -qx -- "$1" <<<"$installed"; }

# Names of which one, the first by preference, has to be there: "a|b".
any_installed() { local name; for name in ${1//|/ }; do is_installed "$name" && return 0; done; return 1; }

install_packages() {
  local wanted missing=() chosen
  look
  for wanted in "$@"; do any_installed "$wanted" || missing+=("$wanted"); done
  [ ${#missing[@]} = 0 ] && return 0
  say "installing Debian packages: ${missing[*]%%|*}"
  as_root apt-get update -qq </dev/null || say "apt-get update did not succeed; going on with the package lists that are here"
  chosen=()
  for wanted in "${missing[@]}"; do
    local name pick=${wanted%%|*}
    for name in ${wanted//|/ }; do
      if apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]'; then pick=$name; break; fi
    done
    chosen+=("$pick")
  done
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${chosen[@]}" </dev/null >/dev/null \
    || fail "apt-get could not install: ${chosen[*]}. Its own message stands above."
}

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
  debian=yes
  install_packages "${packages[@]}"
else
  debian=no
  say "this is not a Debian system, so nothing is installed here. Needed: oneDNN (header and libdnnl), HDF5, libzip, zlib," \
      "libpng, libjpeg, pkg-config, Graphviz, and Fashion-MNIST's four IDX files or a network to fetch them."
fi

# ------------------------------------------------------------------------------- Python environments

# A python3 without venv and ensurepip is Debian's without python3-venv.
need_venv() {
  python3 -c 'import venv, ensurepip' 2>/dev/null && return 0
  [ "$debian" = yes ] || fail "python3 with the venv module is needed for $1."
  install_packages python3 python3-venv
  hash -r
  python3 -c 'import venv, ensurepip' 2>/dev/null || fail "$(command -v python3) has no venv module, even with Debian's python3-venv; put /usr/bin first in PATH."
}

# environment FOLDER REQUIREMENTS... : a virtual environment that holds exactly these, made again when the list changes.
environment() {
  local folder=$1; shift
  local stamp="$folder/.requirements" list
  list=$(printf '%s\n' "$@")
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$list" ] && return 0
  say "making the Python environment $folder with: $* (a few minutes, once)"
  need_venv "$folder"
  rm -rf "$folder"
  python3 -m venv "$folder"
  local pip=("$folder/bin/python" -m pip --disable-pip-version-check --quiet install)
  if ! "${pip[@]}" "$@" </dev/null; then
    rm -rf "$folder"
    fail "pip could not install: $*. Its own message stands above; $folder is removed again."
  fi
  printf '%s\n' "$list" >"$stamp"
}

if [ $python = yes ]; then
  environment .venv "keras==$keras_version" jax h5py numpy pydot
fi
if [ $bench = yes ]; then
  # One each: TensorFlow loads JAX where it finds it, which would count as memory and time of its own.
  [ -n "${BENCH_PYTHON_JAX:-}" ] || environment .venv-bench-jax "keras==$keras_version" jax
  [ -n "${BENCH_PYTHON_TENSORFLOW:-}" ] || environment .venv-bench-tensorflow "keras==$keras_version" tensorflow-cpu
  [ -n "${BENCH_PYTHON_TORCH:-}" ] || environment .venv-bench-torch "torch==$torch_version+cpu" "keras==$keras_version"
fi
if [ $xla = yes ]; then
  is_whole() { [ -f ".xla/$xla_plugin" ] && echo "$xla_checksum  .xla/$xla_plugin" | sha256sum --check --status; }
  if ! is_whole; then
    [ "$(uname -sm)" = "Linux x86_64" ] || fail "the pinned PJRT plugin is for Linux on x86-64; name another one by PJRT_PLUGIN_PATH."
    say "fetching $xla_package from the Python index into .xla (63 MB)"
    need_venv .xla
    rm -rf .xla
    python3 -m venv .xla/venv
    .xla/venv/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --target .xla "$xla_package" </dev/null \
      || { rm -rf .xla; fail "pip could not install $xla_package. Its own message stands above."; }
    rm -rf .xla/venv
    is_whole || { rm -rf .xla; fail "what $xla_package brought is not the file that was tried out; it is removed again."; }
  fi
fi

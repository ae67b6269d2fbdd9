#!/bin/sh
# Makes .venv from the lock. Needs Python 3.11 or newer, nothing else: uv comes by pip, or by pip from Debian's own
# archive of it, unpacked into the tree. No root. Behind an office's mirror: set PIP_INDEX_URL or UV_DEFAULT_INDEX.
# Usage: tools/setup.sh [run|dev]
set -eu
cd "$(dirname "$0")/.."
want=${1:-run}
lock=requirements.lock
[ "$want" = dev ] && lock=requirements-dev.lock
mark=".venv/.made-from-$want"
# A virtual environment knows the folder it was made in: one that moved along with the checkout is made anew.
if [ "$(cat .venv/.made-in 2>/dev/null)" != "$PWD" ]; then rm -rf .venv; fi
if [ -f "$mark" ] && cmp -s "$lock" "$mark"; then exit 0; fi

python=""
for name in python3.11 python3.12 python3.13 python3; do
  if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(not ((3,11) <= sys.version_info[:2] < (3,14)))' 2>/dev/null; then
    python=$(command -v "$name"); break
  fi
done
[ -n "$python" ] || { echo "Cần Python 3.11 trở lên. / Python 3.11 or newer is needed." >&2; exit 1; }

find_uv() {
  if [ -x .tools/bin/uv ]; then uv=.tools/bin/uv; return 0; fi
  if command -v uv >/dev/null 2>&1; then uv=$(command -v uv); return 0; fi
  return 1
}
pip_fetches_uv() { # pip_fetches_uv COMMAND…: the command that is pip
  "$@" install -q --disable-pip-version-check --target .tools --require-hashes -r tools/uv.lock
}
# A Debian without pip and venv: the package that holds pip's wheel needs no root to be fetched and unpacked.
pip_from_debian() {
  command -v apt-get >/dev/null 2>&1 || return 1
  folder=$(mktemp -d)
  mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial"
  own="-o Dir::State=$folder/state -o Dir::Cache=$folder/cache -o Dir::State::status=/var/lib/dpkg/status"
  # shellcheck disable=SC2086
  (cd "$folder" && { apt-get -q download python3-pip-whl >/dev/null 2>&1 ||
    { apt-get -q $own update >/dev/null && apt-get -q $own download python3-pip-whl >/dev/null; }; } &&
    dpkg-deb -x python3-pip-whl_*.deb . ) || return 1
  wheel=$(echo "$folder"/usr/share/python-wheels/pip-*.whl)
  PYTHONPATH="$wheel" pip_fetches_uv "$python" -m pip
  fetched=$?
  rm -rf "$folder"
  return $fetched
}
fetch_uv() {
  echo "· uv → .tools" >&2
  if "$python" -m pip --version >/dev/null 2>&1; then pip_fetches_uv "$python" -m pip && return 0; fi
  if "$python" -m venv .tools/venv >/dev/null 2>&1; then pip_fetches_uv .tools/venv/bin/python -m pip && return 0; fi
  pip_from_debian
}
if ! find_uv; then
  fetch_uv && find_uv || {
    echo "Không lấy được uv. Hãy cài pip (apt install python3-pip) rồi chạy lại. / uv could not be fetched: install pip (apt install python3-pip) and run again." >&2
    exit 1
  }
fi
# uv does not read pip's settings: an office that set its mirror for pip means it for this too.
if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
  mirror=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
  if [ -n "$mirror" ]; then UV_DEFAULT_INDEX=$mirror; export UV_DEFAULT_INDEX; fi
fi
[ -x .venv/bin/python ] || "$uv" venv -q --python "$python" .venv
VIRTUAL_ENV=.venv "$uv" pip sync -q --python .venv/bin/python --require-hashes "$lock"
# The project itself is used from its sources: one path file, so that no build step has to run.
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
.venv/bin/python - "$site" <<'PY'
import pathlib, sys
site = pathlib.Path(sys.argv[1])
root = pathlib.Path.cwd()
paths = [root / "src", root / "tests" / "plugins"]
(site / "nhiemky.pth").write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
script = root / ".venv/bin/nhiemky"
script.write_text(
    "#!/bin/sh\nhere=$(cd \"$(dirname \"$0\")\" && pwd)\nexec \"$here/python\" -m nhiemky \"$@\"\n", encoding="utf-8"
)
script.chmod(0o755)
PY
[ ! -f tools/catalogue.py ] || .venv/bin/python tools/catalogue.py compile
rm -f .venv/.made-from-*
pwd > .venv/.made-in
cp "$lock" "$mark"
[ "$want" != dev ] || cp requirements.lock .venv/.made-from-run

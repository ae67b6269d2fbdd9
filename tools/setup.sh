#!/bin/sh
# Makes .venv from requirements.lock. Needs Python 3.11 and something that can fetch uv: pip, or apt-get as root.
# Usage: tools/setup.sh [dev]      (run from the root of the checkout)
set -eu
cd "$(dirname "$0")/.."
want=${1:-run}
lock=requirements.lock
[ "$want" = dev ] && lock=requirements-dev.lock
mark=".venv/.made-from-$want"
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
fetch_uv() {
  echo "· uv → .tools" >&2
  "$python" -m pip install -q --target .tools uv 2>/dev/null && return 0
  if "$python" -m venv .tools/venv 2>/dev/null && .tools/venv/bin/python -m pip install -q --target .tools uv; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "· apt-get install python3-pip" >&2
    { apt-get install -y -q python3-pip || { apt-get update -q && apt-get install -y -q python3-pip; }; } >&2
    /usr/bin/python3 -m pip install -q --target .tools uv && return 0
  fi
  return 1
}
if ! find_uv; then
  fetch_uv && find_uv || {
    echo "Không lấy được uv. Hãy cài pip (apt install python3-pip) rồi chạy lại. / uv could not be fetched: install pip (apt install python3-pip) and run again." >&2
    exit 1
  }
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
cp "$lock" "$mark"
[ "$want" != dev ] || cp requirements.lock .venv/.made-from-run

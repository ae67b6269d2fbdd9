#!/bin/sh
# Every test. Browser tests run where a browser is: as root on Debian it is installed; else the end says what is missing.
set -eu
cd "$(dirname "$0")/.."
browser=""
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then browser=$(command -v "$name"); break; fi
done
if [ -z "$browser" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "· apt-get install chromium" >&2
  { apt-get install -y -q chromium >/dev/null 2>&1 || { apt-get update -q >/dev/null && apt-get install -y -q chromium >/dev/null; }; } || true
  browser=$(command -v chromium || true)
fi
failed=0
.venv/bin/pytest -n 2 --dist loadfile "$@" || failed=1
.venv/bin/pytest -n 2 --dist loadfile tests/ops || failed=1
if [ -n "$browser" ]; then
  DJANGO_ALLOW_ASYNC_UNSAFE=1 NHIEMKY_BROWSER="$browser" .venv/bin/pytest tests/browser || failed=1
elif [ "${CI:-}" = true ]; then
  echo "✕ Không có trình duyệt: trong CI đó là lỗi. / No browser: in CI that is a failure." >&2
  failed=1
else
  missing=$(.venv/bin/pytest --collect-only tests/browser 2>/dev/null | tail -1)
  echo "· tests/browser: $missing" >&2
  echo "· Chưa chạy: tests/browser. Cài trình duyệt: sudo apt-get install chromium" >&2
  echo "· Not run: tests/browser. One command brings the browser: sudo apt-get install chromium" >&2
fi
exit $failed

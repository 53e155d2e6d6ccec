#!/usr/bin/env bash
# Debian packages that the tests drive: a browser, the R oracle, a font, PDF and office tools to look at what we make.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
[ -d /usr/lib/R/site-library/survey ] || missing+=(r-base-core r-cran-survey)
[ -d /usr/lib/R/site-library/lme4 ] || missing+=(r-cran-lme4)
fc-list 2>/dev/null | grep -q "Liberation Sans" || missing+=(fonts-liberation fontconfig)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v npm >/dev/null || missing+=(npm)
[ ${#missing[@]} -eq 0 ] && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "please install for the browser tests and the R oracle: ${missing[*]}" >&2
fi

#!/usr/bin/env bash
# Debian packages that the tests drive: a browser, the R oracle, a font, PDF and office tools to look at what we make,
# PostgreSQL (the tests start a private one; the system's own server is neither started nor touched), wrk for the benchmark.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
[ -d /usr/lib/R/site-library/survey ] || missing+=(r-base-core r-cran-survey)
[ -d /usr/lib/R/site-library/lme4 ] || missing+=(r-cran-lme4)
fc-list 2>/dev/null | grep -q "Liberation Sans" || missing+=(fonts-liberation fontconfig)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v npm >/dev/null || missing+=(npm)
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
command -v wrk >/dev/null || missing+=(wrk)
[ ${#missing[@]} -eq 0 ] && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing: ${missing[*]}"
  apt-get update -qq
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "please install for the browser tests and the R oracle: ${missing[*]}" >&2
fi

# Rscript synthetic.R synthetic.csv values.csv: reference values for our own made-up respondents (tests/oracles/make_synthetic.py).
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "estimates.R"))
args <- commandArgs(trailingOnly = TRUE)
a <- read.csv(args[1])
a$one <- 1
margins <- c("m1", "m2", "m3")
estimates("equal", a, function(f) svydesign(id = ~1, weights = ~one, data = f), margins)
estimates("varying", a, function(f) svydesign(id = ~1, weights = ~d, data = f), margins)
estimates("strata", a, function(f) svydesign(id = ~1, strata = ~stratum, weights = ~d, data = f), margins)
estimates("strata-fpc", a, function(f) svydesign(id = ~1, strata = ~stratum, fpc = ~fpc, weights = ~d, data = f), margins)
estimates("units", a, function(f) svydesign(id = ~psu, weights = ~d, data = f), margins)
estimates("units-strata", a, function(f) svydesign(id = ~psu, strata = ~stratum, weights = ~d, nest = TRUE, data = f), margins)
finish(args[2])

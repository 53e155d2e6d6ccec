# Rscript api.R folder: writes folder/CASE.csv (respondents as R has them) and folder/values.csv (R's estimates) from the data
# sets of the package survey. The data are the package's; nothing of them is kept in this project.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "estimates.R"))
folder <- commandArgs(trailingOnly = TRUE)[1]
data(api)
shape <- function(a) {
  yes <- function(v) as.integer(v == "Yes")
  asked <- as.integer(a$snum %% 5 != 0)
  data.frame(
    m1 = as.integer(a$stype), m2 = yes(a$sch.wide), m3 = as.integer(a$cnum) %% 6, ci = yes(a$comp.imp), aw = yes(a$awards),
    q = findInterval(a$api00, c(560, 660, 760)), b = findInterval(a$meals, c(15, 35, 55, 75)), y = a$api00, x = a$api99,
    asked = asked, o1 = yes(a$awards) * asked, o2 = as.integer(a$meals > 50) * asked, o3 = as.integer(a$ell > 25) * asked,
    f = as.integer(a$snum %% 7 < 4), fa = as.integer(a$snum %% 3 != 0), fb = as.integer(a$snum %% 4 != 0),
    ra = as.integer(a$api00 > 650) * as.integer(a$snum %% 3 != 0), rb = as.integer(a$api99 > 650) * as.integer(a$snum %% 4 != 0),
    d = .5 + (a$snum %% 7) / 4, stratum = as.integer(a$stype), psu = as.integer(a$dnum), fpc = 0
  )
}
case <- function(name, a, mk, margins) {
  write.csv(format(a, digits = 17, trim = TRUE), file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
  estimates(name, a, mk, margins)
}
with <- function(a, d, fpc = 0) { s <- shape(a); s$d <- d; s$fpc <- fpc; s }
p <- shape(apipop)
case("population", p, function(f) svydesign(id = ~1, weights = ~d, data = f), c("m1", "m2", "m3"))
case("apisrs", with(apisrs, apisrs$pw, apisrs$fpc), function(f) svydesign(id = ~1, weights = ~d, fpc = ~fpc, data = f), c("m1", "m2"))
case("apistrat", with(apistrat, apistrat$pw, apistrat$fpc), function(f) svydesign(id = ~1, strata = ~stratum, weights = ~d, fpc = ~fpc, data = f), c("m2", "ci", "aw"))
case("apiclus1", with(apiclus1, apiclus1$pw, apiclus1$fpc), function(f) svydesign(id = ~psu, weights = ~d, fpc = ~fpc, data = f), c("m2", "aw"))
finish(file.path(folder, "values.csv"))

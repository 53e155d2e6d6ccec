# Rao-Scott tests of R's package survey on its own api data: Rscript association.R FOLDER writes association.csv and the data.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
data(api)
out <- NULL
add <- function(key, d, f) {
  x <- svychisq(f, d)
  out <<- rbind(out, data.frame(key = key, f = unname(x$statistic), df1 = unname(x$parameter[1]), df2 = unname(x$parameter[2]), p = unname(x$p.value)))
}
apistrat$size <- cut(apistrat$enroll, c(0, 300, 600, 1e5), labels = FALSE)
apiclus1$size <- cut(apiclus1$enroll, c(0, 300, 600, 1e5), labels = FALSE)
s <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat)
add("strata", s, ~comp.imp + size)
add("strata-filter", subset(s, api00 > 550), ~comp.imp + size)
add("strata-wide", s, ~size + stype)
u <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1)
add("units", u, ~sch.wide + size)
write.csv(format(out, digits = 15), file.path(folder, "association.csv"), row.names = FALSE, quote = FALSE)
keep <- function(x) data.frame(pw = x$pw, comp = as.integer(x$comp.imp), wide = as.integer(x$sch.wide), stype = as.integer(x$stype), size = x$size, dnum = x$dnum, api00 = x$api00)
write.csv(keep(apistrat), file.path(folder, "apistrat.csv"), row.names = FALSE)
write.csv(keep(apiclus1), file.path(folder, "apiclus1.csv"), row.names = FALSE)

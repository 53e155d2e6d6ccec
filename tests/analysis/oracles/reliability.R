# Reliability of a sum of scales by other hands: weighted covariances, Cronbach's alpha, one factor by maximum likelihood (factanal).
folder <- commandArgs(TRUE)[1]
set.seed(20261124)
n <- 800; k <- 6
common <- rnorm(n)
x <- sapply(1:k, function(i) pmin(10, pmax(1, round(6 + (0.6 + 0.25 * i) * common + rnorm(n, 0, 1 + 0.1 * i)))))
w <- runif(n, 0.4, 2.2); w <- w / mean(w)
s <- cov.wt(x, w / sum(w), method = "ML")$cov
alpha <- k / (k - 1) * (1 - sum(diag(s)) / sum(s))
drop <- sapply(1:k, function(i) (k - 1) / (k - 2) * (1 - sum(diag(s[-i, -i])) / sum(s[-i, -i])))
rest <- sapply(1:k, function(i) cov.wt(cbind(x[, i], rowSums(x[, -i])), w / sum(w), cor = TRUE)$cor[1, 2])
fitted <- factanal(covmat = s, factors = 1, n.obs = n, control = list(opt = list(factr = 1, pgtol = 0), lower = 0.001))
load <- abs(as.numeric(fitted$loadings)); unique <- as.numeric(fitted$uniquenesses); sd <- sqrt(diag(s))
omega <- sum(load * sd)^2 / (sum(load * sd)^2 + sum(unique * sd^2))
values <- data.frame(key = c("alpha", "omega", paste0("drop", 1:k), paste0("rest", 1:k), paste0("load", 1:k)),
                     value = c(alpha, omega, drop, rest, load))
write.csv(cbind(as.data.frame(x), w = w), file.path(folder, "people.csv"), row.names = FALSE)
write.csv(format(values, digits = 15), file.path(folder, "values.csv"), row.names = FALSE, quote = FALSE)

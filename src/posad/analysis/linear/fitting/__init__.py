"""From the names of a study to regressions: what a term stands for, its columns among complete answers, the fitted model."""

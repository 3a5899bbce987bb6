"""Fits, scores and releases stancekit's models with scikit-learn; never installed."""

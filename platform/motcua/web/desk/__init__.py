"""The desk: the officer's inbox and cases, what is waited for, what may come at any time, and the cashier's money."""

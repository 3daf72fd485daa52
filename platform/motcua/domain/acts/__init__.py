"""What happens to a case: each verb of `Case`, judged and done; `moving` makes the event, `entering` says whither."""

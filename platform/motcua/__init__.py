"""Một Cửa: a low-code platform for public-administration procedures."""

"""How likely counts are: exact tails of the Poisson and the negative binomial distribution.

The villages' figures are small: a mean and a standard deviation say nothing about a count whose mean is a third.
"""

from __future__ import annotations

import math

_NEGLIGIBLE = 1e-12


def poisson_tail(count: int, expected: float) -> float:
    """The probability of ``count`` or more events where ``expected`` (> 0) are to be expected."""
    if count <= expected:  # the lower side has fewer terms
        below = sum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(count))
        return max(0.0, 1.0 - below)
    term = math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
    total, k = 0.0, count
    while term > total * _NEGLIGIBLE:
        total += term
        k += 1
        term *= expected / k
    return total


def count_tail(count: int, expected: float, variation: float) -> float:
    """The probability of ``count`` or more, negative binomial: mean ``expected`` (> 0), variance
    ``expected + variation * expected ** 2`` (variation > 0)."""
    if count <= 0:
        return 1.0
    size = 1.0 / variation
    return _incomplete_beta(count, size, expected / (expected + size))


def count_below(count: int, expected: float, variation: float) -> float:
    """The probability of ``count`` or fewer; as `count_tail`."""
    size = 1.0 / variation
    return _incomplete_beta(size, count + 1, size / (expected + size))


def log_likelihood(count: int, expected: float, variation: float) -> float:
    """The logarithm of the probability of ``count`` itself; as `count_tail`."""
    size = 1.0 / variation
    whole = expected + size
    ways = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
    return ways + size * math.log(size / whole) + count * math.log(expected / whole)


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by its continued fraction: few steps however large the count."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):  # where the fraction converges quickly
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1.0 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's method; the coefficients alternate between two forms."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for coefficient in (even, odd):
            d = 1.0 + coefficient * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + coefficient / c
            c = c if abs(c) > tiny else tiny
            value *= c * d
        if abs(c * d - 1.0) < _NEGLIGIBLE:
            break
    return value

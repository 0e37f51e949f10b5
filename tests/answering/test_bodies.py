"""Bodies kept: bounded by bytes, the least recently asked going first, and counted."""

from concurrent.futures import ThreadPoolExecutor

from answering.bodies import Bodies


def test_what_is_kept_is_given_back_and_counted() -> None:
    bodies = Bodies(100)
    assert bodies.get("a") is None
    bodies.put("a", b"12345")
    assert bodies.get("a") == b"12345"
    assert (bodies.hits, bodies.misses, bodies.size, len(bodies)) == (1, 1, 5, 1)


def test_the_least_recently_asked_goes_first_when_there_is_no_room() -> None:
    bodies = Bodies(100)
    for name in "abcd":
        bodies.put(name, b"x" * 25)
    bodies.get("a")
    bodies.put("e", b"x" * 25)
    assert [name for name in "abcde" if bodies.get(name) is not None] == ["a", "c", "d", "e"]
    assert (bodies.size, len(bodies)) == (100, 4)


def test_one_that_weighs_too_much_is_not_kept_and_drives_nothing_out() -> None:
    bodies = Bodies(100)
    bodies.put("a", b"x" * 25)
    bodies.put("b", b"x" * 26)
    assert (bodies.get("a"), bodies.get("b"), bodies.size) == (b"x" * 25, None, 25)


def test_a_body_put_again_weighs_once() -> None:
    bodies = Bodies(100)
    for size in (10, 20, 5):
        bodies.put("a", b"x" * size)
    assert (bodies.size, len(bodies), bodies.get("a")) == (5, 1, b"x" * 5)


def test_an_empty_body_is_a_body() -> None:
    bodies = Bodies(100)
    bodies.put("a", b"")
    assert (bodies.get("a"), bodies.hits, bodies.misses) == (b"", 1, 0)


def test_it_never_weighs_more_than_its_limit_between_threads() -> None:
    bodies = Bodies(1000)

    def work(seed: int) -> None:
        for number in range(300):
            bodies.put((seed * number) % 37, bytes((seed * number) % 200))
            bodies.get(number % 37)
            assert bodies.size <= 1000 + 200

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(1, 5)))
    kept = [body for key in range(37) if (body := bodies.get(key)) is not None]
    assert bodies.size == sum(len(body) for body in kept) <= 1000
    assert bodies.hits + bodies.misses == 4 * 300 + 37

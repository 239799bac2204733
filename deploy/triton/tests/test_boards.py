from kiwi_boards import boards, facts, forms, minutes


def test_the_space_has_the_known_number_of_forms():
    groups = boards(3, 3)
    assert len(groups) == 2114
    assert all(form == forms(form)[0] for form in groups)


def test_minutes_by_hand():
    assert minutes(("--F", "-FF", "RF-")) == 4
    assert minutes(("RF", "FR")) == 1
    assert minutes(("F-", "-R")) is None
    assert minutes(("RR", "RR")) is None


def test_facts_count_each_class_alike():
    truth = ("--F", "-FF", "RF-")
    assert facts(truth, "--F/-FF/RF-") == 1.0
    assert facts(truth, "---/---/---") == 1 / 3
    assert facts(truth, "--F/-FF") == facts(truth, None) == 0.0

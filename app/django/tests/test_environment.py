import os
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase

from coped.environment import flag, networks, number, secret, setting


class SettingTest(SimpleTestCase):
    def setUp(self):
        directory = TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.file = Path(directory.name, "secret")
        self.enterContext(patch.dict(os.environ, clear=True))

    def test_variable(self):
        os.environ["X"] = "value"
        self.assertEqual(setting("X"), "value")

    def test_file_without_its_last_newline(self):
        self.file.write_text(" se cret \r\n")
        os.environ["X_FILE"] = str(self.file)
        self.assertEqual(setting("X"), " se cret ")

    def test_both_are_an_error(self):
        os.environ.update(X="value", X_FILE=str(self.file))
        with self.assertRaisesMessage(ImproperlyConfigured, "X and X_FILE are both set"):
            setting("X")

    def test_a_missing_file_is_an_error(self):
        os.environ["X_FILE"] = str(self.file)
        with self.assertRaisesMessage(ImproperlyConfigured, "X_FILE names a file that cannot be read"):
            setting("X", "default")

    def test_missing_names_both_ways(self):
        with self.assertRaisesMessage(ImproperlyConfigured, "set X, or X_FILE"):
            setting("X")

    def test_default(self):
        self.assertEqual(setting("X", ""), "")

    def test_an_empty_variable_is_a_value(self):
        os.environ["X"] = ""
        self.assertEqual(setting("X", "default"), "")

    def test_flag(self):
        self.assertIs(flag("X", "0"), False)
        os.environ["X"] = "1"
        self.assertIs(flag("X", "0"), True)

    def test_a_flag_is_0_or_1(self):
        for value in ("", "true", "False", "01"):
            os.environ["X"] = value
            with self.subTest(value), self.assertRaisesMessage(ImproperlyConfigured, 'X must be "0" or "1"'):
                flag("X", "0")

    def test_number(self):
        os.environ["X"] = "1048576"
        self.assertEqual(number("X", "0"), 1048576)

    def test_a_number_is_whole(self):
        for value in ("", "-1", "1.5", "1m", "٣"):
            os.environ["X"] = value
            with self.subTest(value), self.assertRaisesMessage(ImproperlyConfigured, "X must be a whole number"):
                number("X", "0")


class SecretTest(SimpleTestCase):
    good = "5f0c1e7ab94d2836"

    def setUp(self):
        self.enterContext(patch.dict(os.environ, clear=True))

    def test_a_good_one(self):
        os.environ["X"] = self.good
        self.assertEqual(secret("X", minimum=16), self.good)

    def test_refused_without_repeating_it(self):
        for value, wrong in {
            "": "is shorter than 16 characters",
            "5f0c1e7ab94d283": "is shorter than 16 characters",
            "fake-but-long-enough": "is a fake one",
            "ZmFrZS1idXQtbG9uZy1lbm91Z2g=": "is a fake one",
            "fake%2Dbut%2Dlong%2Denough": "is a fake one",
            "5f0c1e7a b94d2836": "has a blank or a line break in it",
            "ababababababababab": "has fewer than 5 different characters",
        }.items():
            os.environ["X"] = value
            with self.subTest(value), self.assertRaises(ImproperlyConfigured) as refusal:
                secret("X", minimum=16)
            self.assertIn(wrong, str(refusal.exception))
            if value:
                self.assertNotIn(value, str(refusal.exception))

    def test_the_message_says_where_it_is_kept(self):
        os.environ.update(X="short", X_FROM="Secret x, key password")
        with self.assertRaisesMessage(ImproperlyConfigured, "Secret x, key password: the value is shorter than 16"):
            secret("X", minimum=16)

    def test_a_laptop_takes_any(self):
        os.environ.update(X="fake-x", REQUIRE_REAL_SECRETS="0")
        self.assertEqual(secret("X", minimum=16), "fake-x")

    def test_a_default_means_that_none_is_needed(self):
        self.assertEqual(secret("X", minimum=16, default=""), "")

    def test_an_empty_one_is_not_the_default(self):
        os.environ["X"] = ""
        with self.assertRaises(ImproperlyConfigured):
            secret("X", minimum=16, default="")


class NetworksTest(SimpleTestCase):
    def setUp(self):
        self.enterContext(patch.dict(os.environ))

    def test_ranges(self):
        os.environ["X"] = "192.0.2.0/24 2001:db8::/32"
        self.assertEqual([str(network) for network in networks("X", "")], ["192.0.2.0/24", "2001:db8::/32"])
        os.environ["X"] = ""
        self.assertEqual(networks("X", ""), [])

    def test_nonsense_is_refused(self):
        for text in ("192.0.2.0/33", "192.0.2.1/24", "proxy.example.org"):
            os.environ["X"] = text
            with self.subTest(text), self.assertRaisesMessage(ImproperlyConfigured, "X must be ranges of addresses"):
                networks("X", "")

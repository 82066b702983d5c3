# at: shop/settings.py
# rules: oversized-pool, unencrypted-connection, password-in-source, missing-timeout
import os

INSTALLED_APPS = ["shop"]

DATABASES = {
    # trap password-in-source: the environment knows it
    # trap unencrypted-connection: the certificate is checked
    # trap missing-timeout: it gives up
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "HOST": "db.example.com",
        "PASSWORD": os.environ["DATABASE_PASSWORD"],
        "OPTIONS": {"sslmode": "verify-full", "connect_timeout": 5},
    },
    # bad password-in-source: whoever reads the settings has it
    # bad missing-timeout: waits for as long as it takes
    "reports": {  # expect password-in-source, missing-timeout
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "reports",
        "USER": "reports",
        "HOST": "db.example.com",
        "PASSWORD": "hunter2-hunter2",
    },
    # bad unencrypted-connection: told to speak in the clear
    "archive": {  # expect unencrypted-connection
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "archive",
        "HOST": "archive.example.com",
        "PASSWORD": os.environ["ARCHIVE_PASSWORD"],
        "OPTIONS": {"sslmode": "disable", "connect_timeout": 5},
    },
    # bad oversized-pool: all that the server gives, to one process
    "greedy": {  # expect oversized-pool
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "HOST": "db.example.com",
        "OPTIONS": {"pool": {"min_size": 4, "max_size": 200}, "connect_timeout": 5},
    },
    # bad oversized-pool: nor is this one modest
    # bad password-in-source: it is the same one
    # bad unencrypted-connection: nor is there TLS
    # bad missing-timeout: nor an end
    "careless": {  # expect oversized-pool, password-in-source, unencrypted-connection, missing-timeout
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "careless",
        "HOST": "db.example.com",
        "PASSWORD": "hunter2-hunter2",
        "OPTIONS": {"sslmode": "disable", "pool": {"max_size": 150}},
    },
    # trap missing-timeout: statements have an end
    # trap oversized-pool: as many as without a pool
    "slow": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "HOST": "db.example.com",
        "OPTIONS": {"options": "-c statement_timeout=5000"},
    },
    # trap oversized-pool: what a few cores can work on
    "modest": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "HOST": "db.example.com",
        "OPTIONS": {"pool": {"max_size": 8}, "connect_timeout": 5},
    },
    # trap password-in-source: a developer's own machine
    # trap unencrypted-connection: no network is crossed
    "local": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "dev",
        "USER": "dev",
        "PASSWORD": "dev",
        "HOST": "localhost",
        "OPTIONS": {"sslmode": "disable", "connect_timeout": 5},
    },
}

"""Django settings. Everything that may differ between sites comes from the environment (see env.py)."""

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Env()

SITE_MODE = env.str("SITE_MODE", "production")
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "data")))
SECRET_KEY = env.str("SECRET_KEY", "only-for-development-and-tests-never-served-in-production")
DEBUG = env.bool("DEVELOPMENT", False)
STRICT_TEMPLATES = env.bool("STRICT_TEMPLATES", DEBUG)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env.str("BASE_URL", "http://localhost:8080")
HTTPS = BASE_URL.startswith("https://")
SITE_NAME = env.str("SITE_NAME", "SuperviseMe")
SITE_TIME_ZONE = env.str("SITE_TIME_ZONE", "Europe/Rome")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "superviseme.outbox",
    "superviseme.accounts",
    "superviseme.events",
    "superviseme.search",
    "superviseme.notifications",
    "superviseme.workspaces",
    "superviseme.theses",
    "superviseme.projects",
    "superviseme.publications",
    "superviseme.home",
    "superviseme.ops",
    "superviseme.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "superviseme.web.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "superviseme.web.middleware.refusals",
    "superviseme.accounts.presence.middleware",
]

ROOT_URLCONF = "superviseme.config.urls"
WSGI_APPLICATION = "superviseme.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "superviseme" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "superviseme.web.jinja.environment",
            "context_processors": ["superviseme.web.context.page", "superviseme.home.context.frame"],
        },
    },
    # Only for text templates of the sign-in library's mails; every page is Jinja2.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": True, "OPTIONS": {}},
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'superviseme.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "superviseme.web.errors.csrf_failure"
PASSWORD_HASHERS = ["superviseme.accounts.signin.hashers.ModestArgon2"]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "superviseme" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "superviseme" / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILES_DIR = DATA_DIR / "files"
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", 50 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

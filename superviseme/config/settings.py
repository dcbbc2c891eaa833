"""Django settings. Everything that may differ between sites comes from the environment (see env.py)."""

import sys

from csp.constants import NONCE, NONE, SELF

from superviseme import places

from . import env as read
from . import log, providers

BASE_DIR = places.ROOT
env = ENV = read.Environment(file=BASE_DIR / ".env")

SITE_MODE = env("SITE_MODE")
DATA_DIR = BASE_DIR / (env("DATA_DIR") or "data")
SECRET_KEY = read.secret_key(env, SITE_MODE, DATA_DIR)
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS") or []
DEBUG = env("DEVELOPMENT")
STRICT_TEMPLATES = DEBUG if env("STRICT_TEMPLATES") is None else env("STRICT_TEMPLATES")
BASE_URL = read.base_url(env)
ALLOWED_HOSTS = read.allowed_hosts(env, BASE_URL)
HTTPS = BASE_URL.startswith("https://")
TRUSTED_PROXIES = read.networks(env)
SITE_NAME = env("SITE_NAME")
SITE_TIME_ZONE = read.time_zone(env)
SECURITY_CONTACT = env("SECURITY_CONTACT")
SIGN_UP, SIGN_UP_DOMAINS = env("SIGN_UP"), [word.lower() for word in env("SIGN_UP_DOMAINS")]
SIGN_IN_PROVIDERS = providers.providers(env, SITE_MODE)
ORCID_ISSUER, ORCID_API_BASE = env("ORCID_ISSUER"), env("ORCID_API_BASE")

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
    "superviseme.site",
    "superviseme.outbox",
    "superviseme.accounts",
    "superviseme.events",
    "superviseme.search",
    "superviseme.notifications",
    "superviseme.workspaces",
    "superviseme.theses",
    "superviseme.projects",
    "superviseme.publications",
    "superviseme.activity",
    "superviseme.api",
    "superviseme.home",
    "superviseme.telegram",
    "superviseme.ops",
    "superviseme.web",
]

MIDDLEWARE = [
    "superviseme.ops.health.middleware",
    "superviseme.ops.requests.identified",
    "superviseme.ops.requests.believed_proxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "superviseme.web.middleware.security_headers",
    "superviseme.ops.maintenance.door.middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "superviseme.accounts.language.middleware",
    "superviseme.api.door.middleware",
    "superviseme.accounts.signin.expiry.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "superviseme.web.middleware.refusals",
    "superviseme.accounts.signin.first_password.middleware",
    "superviseme.accounts.presence.middleware",
]

ROOT_URLCONF = "superviseme.config.urls"
WSGI_APPLICATION = "superviseme.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [places.PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "superviseme.web.jinja.environment",
            "context_processors": ["superviseme.web.context.page", "superviseme.home.context.frame"],
        },
    },
    # Only for text templates of the sign-in library's mails; every page is Jinja2.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": True, "OPTIONS": {}},
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

DATABASES = {"default": read.database(env, SITE_MODE, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "superviseme.web.errors.csrf_failure"
PASSWORD_HASHERS = ["superviseme.accounts.signin.hashers.ModestArgon2", "superviseme.accounts.signin.hashers.Imported"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "superviseme.accounts.signin.rules.PasswordRules"}]
PASSWORD_RESET_TIMEOUT = 30 * 60
ADMIN_BOOTSTRAP_EMAIL, ADMIN_BOOTSTRAP_PASSWORD = env("ADMIN_BOOTSTRAP_EMAIL"), env("ADMIN_BOOTSTRAP_PASSWORD")
ACCOUNT_ADAPTER = "superviseme.accounts.signin.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "superviseme.accounts.signin.forms.SignIn",
    "change_password": "superviseme.accounts.signin.forms.ChangePassword",
    "reset_password": "superviseme.accounts.signin.forms.Forgotten",
    "reset_password_from_key": "superviseme.accounts.signin.forms.PasswordByLink",
    "user_token": "superviseme.accounts.signin.forms.ResetKey",
}
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"email"}, ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is confirmed by invitation or by our own link
ACCOUNT_RATE_LIMITS = False  # ours: signin/throttle.py
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("it", "Italiano")]
LOCALE_PATHS = [places.PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = places.STATIC
STATIC_IS_BUILT = (STATIC_ROOT / "staticfiles.json").is_file() or "collectstatic" in sys.argv
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_IS_BUILT and SITE_MODE != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
STATICFILES_DIRS = [folder for folder in (places.PACKAGE / "static",) if folder.is_dir()]  # not in a wheel
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILES_DIR = DATA_DIR / "files"
RELEASES_DIR = places.RELEASE.parent if places.RELEASE else BASE_DIR / (env("RELEASES_DIR") or "releases")
BACKUP_DIR = BASE_DIR / env("BACKUP_DIR") if env("BACKUP_DIR") else DATA_DIR / "backups"
BACKUP_EVERY = env("BACKUP_EVERY") if SITE_MODE != "test" else 0  # tests make theirs when they want one
METRICS_TOKEN = env("METRICS_TOKEN")
S3 = read.bucket(env, "S3_BUCKET", "S3_ENDPOINT_URL", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")
BACKUP_S3 = read.bucket(
    env,
    "BACKUP_S3_BUCKET",
    "BACKUP_S3_ENDPOINT_URL",
    "BACKUP_S3_REGION",
    "BACKUP_S3_ACCESS_KEY_ID",
    "BACKUP_S3_SECRET_ACCESS_KEY",
)
BACKUP_KEEP, BACKUP_RECIPIENT, BACKUP_IDENTITY = env("BACKUP_KEEP"), env("BACKUP_RECIPIENT"), env("BACKUP_IDENTITY")
MAX_UPLOAD_BYTES = env("MAX_UPLOAD_BYTES")
FILE_UPLOAD_HANDLERS = ["superviseme.web.uploads.ToDisk"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

MAIL_SERVER = read.mail_server(env, SITE_MODE)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER, env("MAIL_PORT")
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env("MAIL_USERNAME"), env("MAIL_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = read.mail_uses_tls(env), env("MAIL_USE_SSL")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_DEFAULT_SENDER")

LOG_FORMAT = env("LOG_FORMAT") or ("json" if SITE_MODE == "production" else "text")
LOGGING = log.tables(LOG_FORMAT, masked=[*read.secrets_in(env), *providers.secrets_of(env)])

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],  # and the providers that are switched on: web/middleware.py
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

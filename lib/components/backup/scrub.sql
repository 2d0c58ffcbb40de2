-- An example of `coped restore --scrub`: takes the people out of a copy of the data, before anybody sees it.
-- It runs as coped_owner in one transaction; if a line fails, nothing is restored. Make a copy for your own tables.

-- Nobody can log in any more; for a first user of the copy: coped manage <environment> -- createsuperuser
UPDATE auth_user
SET username = 'user-' || id, password = '!', email = '', first_name = '', last_name = '', last_login = NULL,
    is_staff = false, is_superuser = false;

-- Sessions carry logins; the log of the admin pages says who changed what.
TRUNCATE django_session, django_admin_log;

#!/bin/sh
# Looks at the password of Metabase's login as at those of the others, and goes on with them.
set -eu
sh /bootstrap/refuse-weak.sh postgres metabase
exec sh /bootstrap/bootstrap.sh

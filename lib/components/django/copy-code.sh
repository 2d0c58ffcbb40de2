# A writable copy of the code, so that an edited file can be copied over it and is served at once.
cp -r "$1/." /code/

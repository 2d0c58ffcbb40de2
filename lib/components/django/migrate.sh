# Changes the tables first, then rebuilds the search index, which is derived from them.
python manage.py migrate --noinput
python manage.py search_index

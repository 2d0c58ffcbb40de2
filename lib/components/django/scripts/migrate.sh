# The tables first: a release waits for them, and a search that is down must not hold it up.
wait_for PostgreSQL <POSTGRES> 60
<MIGRATE>

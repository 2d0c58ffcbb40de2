# Writes rows, as a visitor's request would: with the rights of the web application.
Row.objects.bulk_create(
    Row(label=label, text=f"{number},\nwith a line break,\ta tab and a \\ in it")
    for number in range(int(os.environ["DRILL_COUNT"]))
)

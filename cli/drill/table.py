# Makes the table, as a migration would: with the rights of the tables' owner.
with connection.schema_editor() as editor:
    editor.create_model(Row)

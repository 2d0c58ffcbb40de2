from django.contrib.auth.models import AbstractUser
from django.db import migrations, models

KEY = ("id", models.BigAutoField(primary_key=True))


class Migration(migrations.Migration):
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        migrations.CreateModel("User", [KEY], bases=(AbstractUser,)),
        migrations.CreateModel("Project", [KEY, ("title", models.CharField(max_length=200))]),
        migrations.CreateModel(
            "Run",
            [
                KEY,
                ("name", models.CharField(max_length=100)),
                ("started", models.DateTimeField(auto_now_add=True)),
                ("finished", models.DateTimeField(null=True)),
            ],
        ),
    ]

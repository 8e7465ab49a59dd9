"""Seal the secrets of second factors, which lay readable in the database until here."""

from django.db import migrations

from cms.accounts.sealing import seal, unseal


def purpose_of(device):
    return f"second factor of {device.user_id}"


def seal_all(apps, _schema_editor):
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = seal(bytes.fromhex(device.key), purpose=purpose_of(device))
        device.save(update_fields=["key"])


def unseal_all(apps, _schema_editor):
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = unseal(device.key, purpose=purpose_of(device)).hex()
        device.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_account_lists"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeApp",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
        migrations.RunPython(seal_all, unseal_all),
    ]

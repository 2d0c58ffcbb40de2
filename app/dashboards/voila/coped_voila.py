"""Voilà, with compressed answers and pages that know how long to wait: `python -m coped_voila`, not `voila`."""

from voila.app import Voila


class CopedVoila(Voila):
    def init_settings(self):
        configuration = self.voila_configuration
        # For the template: seconds.
        configuration.config.VoilaConfiguration.resources = {
            "heartbeat": configuration.http_keep_alive_timeout,
            "cell_timeout": self.config.VoilaExecutor.timeout,
        }
        # The trait `tornado_settings` is read too late for this one.
        return super().init_settings() | {"compress_response": True}


if __name__ == "__main__":
    CopedVoila.launch_instance()

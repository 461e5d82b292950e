"""How much a request may bring: refused while it comes in, before it fills the disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Quota(FileUploadHandler):
    """Counts the bytes of all files of a request; strangers bring none."""

    def handle_raw_input(self, *given: Any) -> None:
        """Refuse at once what says that it is too big, and what a stranger brings."""
        _input, _meta, content_length, *_rest = given
        user = getattr(self.request, "user", None)
        is_known = user is not None and user.is_authenticated
        self.left = settings.UPLOAD_BYTES if is_known else settings.STRANGERS_UPLOAD_BYTES
        if content_length > self.left:
            raise RequestDataTooBig(f"more than {self.left} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count and pass on."""
        self.left -= len(raw_data)
        if self.left < 0:
            raise RequestDataTooBig("more bytes than announced")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""

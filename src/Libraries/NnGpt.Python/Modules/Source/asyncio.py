"""Coroutines, run one after the other to their end."""


class CancelledError(BaseException):
    pass


class _Pause:
    def __await__(self):
        yield


def run(main, *, debug=None):
    while True:
        try:
            main.send(None)
        except StopIteration as stop:
            return stop.value


async def sleep(delay, result=None):
    await _Pause()
    return result


async def gather(*aws, return_exceptions=False):
    results = []
    for each in aws:
        try:
            results.append(await each)
        except Exception as error:
            if not return_exceptions:
                raise
            results.append(error)
    return results


async def wait_for(fut, timeout):
    return await fut


def create_task(coro, *, name=None):
    return coro


ensure_future = create_task


def iscoroutinefunction(func):
    import inspect
    return inspect.iscoroutinefunction(func)


class Lock:
    async def __aenter__(self):
        return None

    async def __aexit__(self, type, value, traceback):
        return None

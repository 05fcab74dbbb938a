namespace Tracebloc.Processes;

/// <summary>
/// A running program whose input and output its caller streams, started by <see cref="ProgramRunner"/>. One writer and
/// one reader may run at the same time.
/// </summary>
public sealed class StreamedProgram : IAsyncDisposable
{
    private readonly RunningProgram _process;
    private readonly ProgramPipes _pipes;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _caller;
    private readonly Func<Task<ProgramResult>> _ending;
    private Task<ProgramResult>? _result;

    internal StreamedProgram(
        RunningProgram process,
        ProgramPipes pipes,
        Func<CancellationToken, Task<bool>> end,
        Func<Task<int>> exit,
        CancellationToken token)
    {
        (_process, _pipes) = (process, pipes);
        _caller = token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _stop);
        var ended = end(_stop.Token);
        _ending = async () =>
        {
            pipes.CloseInput();
            var inTime = await ended;
            pipes.CloseOutput();
            return new ProgramResult(await exit(), "", pipes.Error, inTime);
        };
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Writes to its standard input.</summary>
    /// <returns>False where it reads no more: it has closed its input or has ended.</returns>
    public async Task<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        try
        {
            var input = await _pipes.Input.WaitAsync(token);
            // A pipe that its reader does not empty holds a write up for ever.
            await Task.Run(() => input.WriteAsync(bytes, token).AsTask(), token).WaitAsync(token);
            await input.FlushAsync(token);
            return true;
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Ends its standard input.</summary>
    public void CloseInput() => _pipes.CloseInput();

    /// <summary>Reads from its standard output. After a cancelled read the buffer may still be written to.</summary>
    /// <returns>The bytes read; 0 at the end.</returns>
    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken token)
    {
        try
        {
            var output = await _pipes.Output.WaitAsync(token);
            // A read of a pipe cannot be cancelled, only left behind.
            return await output.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(token);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <summary>Ends its input and waits until it has ended, by itself or at its deadline.</summary>
    /// <returns>Its exit code and the end of its errors; the output is the caller's.</returns>
    public Task<ProgramResult> EndAsync(CancellationToken token) => (_result ??= _ending()).WaitAsync(token);

    /// <summary>Ends it at once, with all its children, where it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_result is not { IsCompleted: true }) await _stop.CancelAsync();
        await (_result ??= _ending());
        await _caller.DisposeAsync();
        _process.Dispose();
        _pipes.Dispose();
        _stop.Dispose();
    }
}

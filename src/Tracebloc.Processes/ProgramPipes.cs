using CliWrap;

namespace Tracebloc.Processes;

/// <summary>The pipes of a program, held open for the caller that streams them.</summary>
/// <param name="maxError">The characters kept of the errors' end.</param>
internal sealed class ProgramPipes(int maxError) : IDisposable
{
    private readonly TaskCompletionSource<Stream> _input = New<Stream>();
    private readonly TaskCompletionSource<Stream> _output = New<Stream>();
    private readonly TaskCompletionSource _inputEnds = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputEnds = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private readonly BoundedOutput _error = new(maxError, keepsEnd: true);

    public Task<Stream> Input => _input.Task;

    public Task<Stream> Output => _output.Task;

    public string Error => _error.Text;

    public PipeSource Source => PipeSource.Create((stream, _) =>
    {
        _input.TrySetResult(stream);
        return _inputEnds.Task;
    });

    public PipeTarget Target => PipeTarget.Create((stream, _) =>
    {
        _output.TrySetResult(stream);
        return _outputEnds.Task;
    });

    public PipeTarget ErrorTarget => _error.Until(_abandoned.Token);

    /// <summary>The program reads the end of its input.</summary>
    public void CloseInput() => _inputEnds.TrySetResult();

    /// <summary>Nothing more is read of its output.</summary>
    public void CloseOutput() => _outputEnds.TrySetResult();

    /// <summary>Gives up on pipes that a child still holds open.</summary>
    public void Abandon() => _abandoned.Cancel();

    public void Dispose() => _abandoned.Dispose();

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

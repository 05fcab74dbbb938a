using System.Globalization;
using System.Text;
using CliWrap;
using Tracebloc.Testing;

namespace Tracebloc.Benchmarks.Submit;

/// <summary>A published server on a free port of loopback.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromMilliseconds(50);

    private readonly StringBuilder _log = new();
    private readonly CommandTask<CommandResult> _run;

    private ServerProcess(Command command, int port)
    {
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = StartLimit };
        _run = command.WithStandardErrorPipe(PipeTarget.ToStringBuilder(_log))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync();
    }

    public HttpClient Client { get; }

    public bool HasEnded => _run.Task.IsCompleted;

    /// <summary>The text that it has written to its standard error.</summary>
    public string Log => _log.ToString();

    /// <summary>The memory that it holds now, in MiB: VmRSS of proc(5).</summary>
    public double MemoryMiB => MiBOf("VmRSS:");

    /// <summary>The most memory that it has held, in MiB: VmHWM of proc(5).</summary>
    public double PeakMiB => MiBOf("VmHWM:");

    /// <summary>The CPU time that it has used, in ms: utime and stime of proc(5), in ticks of 10 ms.</summary>
    public double CpuMs => File.ReadAllText($"/proc/{_run.ProcessId}/stat").Split(") ")[^1].Split(' ')[11..13]
        .Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) * 10;

    public static ServerProcess Start(
        string program, IReadOnlyList<string> arguments, Func<int, IReadOnlyDictionary<string, string?>> variables)
    {
        var port = FreePort.Next();
        return new ServerProcess(
            Cli.Wrap(program).WithArguments(arguments).WithEnvironmentVariables(variables(port)), port);
    }

    /// <summary>Starts one that takes its port among its arguments.</summary>
    public static ServerProcess Start(string program, Func<int, IReadOnlyList<string>> arguments)
    {
        var port = FreePort.Next();
        return new ServerProcess(Cli.Wrap(program).WithArguments(arguments(port)), port);
    }

    /// <summary>Ends it at once, by SIGKILL.</summary>
    public async Task KillAsync()
    {
        await Signal.KillAsync(_run.ProcessId);
        await _run;
    }

    /// <summary>Waits until it is ready.</summary>
    /// <param name="token">Ends the wait.</param>
    /// <param name="path">What is answered with success then.</param>
    /// <exception cref="InvalidOperationException">It has ended, or is not ready in time; with its log.</exception>
    public async Task ReadyAsync(CancellationToken token, string path = "readyz")
    {
        using var alarm = new CancellationTokenSource(StartLimit, TimeProvider.System);
        using var ticks = new PeriodicTimer(Pause, TimeProvider.System);
        while (!await IsReadyAsync(path, token))
        {
            if (HasEnded || alarm.IsCancellationRequested)
                throw new InvalidOperationException($"The server is not ready:\n{_log}");
            await ticks.WaitForNextTickAsync(token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Signal.TerminateAsync(_run.ProcessId);
        try
        {
            await _run.Task.WaitAsync(StartLimit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            await Signal.KillAsync(_run.ProcessId);
            await _run;
        }

        Client.Dispose();
    }

    private double MiBOf(string line) => File.ReadLines($"/proc/{_run.ProcessId}/status")
        .Where(each => each.StartsWith(line, StringComparison.Ordinal))
        .Select(each => double.Parse(each.Split(' ')[^2], CultureInfo.InvariantCulture) / 1024)
        .Single();

    private async Task<bool> IsReadyAsync(string path, CancellationToken token)
    {
        try
        {
            using var answer = await Client.GetAsync(path, token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception absent) when (absent is HttpRequestException
            || (absent is OperationCanceledException && !token.IsCancellationRequested))
        {
            return false;
        }
    }
}

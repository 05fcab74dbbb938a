using System.Text.Json.Nodes;
using Tracebloc.Testing;

namespace Tracebloc.EndToEnd;

/// <summary>A user of the command line, by a token of the cluster.</summary>
internal sealed class Scientist(Workstation machine, string token, StoryReporter reporter)
{
    /// <summary>The bytes of an upload that pass before it is held.</summary>
    private const long Held = 1 << 20;

    public Workstation Machine => machine;

    /// <summary>Runs a command line to its end.</summary>
    public async Task<CommandEnd> RunAsync(
        CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        await Start(machine.Server, arguments, cancellationToken).EndAsync();

    /// <summary>Starts a push, and holds it in the middle of its upload.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public async Task<HeldPush> HoldAsync(
        CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var relay = ApiRelay.Start(machine.Server, Held);
        // What is compressed may be too small to be held.
        var command = Start(relay.Address, [.. arguments, "--compress=never"], cancellationToken);
        var end = command.EndAsync();
        if (await Task.WhenAny(relay.Reached, end) != end) return new HeldPush(command, relay);
        await relay.DisposeAsync();
        throw new InvalidOperationException($"the push was over before it was held: {await end}");
    }

    private StartedCommand Start(Uri server, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var text = string.Join(' ', arguments.Select(Path.GetFileName));
        reporter.Say($"$ tracebloc {text}");
        return new StartedCommand(
            machine.Start(token, server, [.. arguments, "--output=json"], cancellationToken),
            end =>
            {
                if (end.ExitCode != 0) reporter.Say($"{text}: exit code {end.ExitCode}: {end.Error}");
            });
    }
}

/// <summary>A command line that was started.</summary>
internal sealed class StartedCommand(ChildProgram program, Action<CommandEnd> report)
{
    private readonly Lazy<Task<CommandEnd>> _end = new(async () =>
    {
        var end = CommandEnd.Of(await program.Result);
        report(end);
        return end;
    });

    public Task<CommandEnd> EndAsync() => _end.Value;

    /// <summary>Sends what Ctrl-C sends.</summary>
    public Task InterruptAsync() => program.InterruptAsync();
}

/// <summary>A push that is held in the middle of its upload; disposing lets it go on.</summary>
internal sealed class HeldPush(StartedCommand command, ApiRelay relay) : IAsyncDisposable
{
    public void Release() => relay.Release();

    /// <inheritdoc cref="StartedCommand.InterruptAsync"/>
    public Task InterruptAsync() => command.InterruptAsync();

    public Task<CommandEnd> EndAsync() => command.EndAsync();

    public async ValueTask DisposeAsync()
    {
        relay.Release();
        await command.EndAsync();
        await relay.DisposeAsync();
    }
}

/// <summary>The end of a command line: its exit code, its one object, and its texts for people.</summary>
internal sealed record CommandEnd(int ExitCode, JsonNode? Result, string Text)
{
    public string Error => Member("error");

    /// <summary>The bytes that were sent to the volume, and all of them; -1 where nothing was staged.</summary>
    public (long Sent, long All) Staged =>
        ((long?)Result?["staged"]?["sent_bytes"] ?? -1, (long?)Result?["staged"]?["bytes"] ?? -1);

    public static CommandEnd Of(ProgramResult end)
    {
        var json = end.Output.StartsWith('{') ? JsonNode.Parse(end.Output) : null;
        return new CommandEnd(end.ExitCode, json, json is null ? $"{end.Output}\n{end.Error}" : end.Error);
    }

    /// <summary>A member of the object as text; empty where there is none.</summary>
    public string Member(string name) => $"{Result?[name]}";

    public override string ToString() =>
        $"exit code {ExitCode}, {Result?.ToJsonString()} {Text.ReplaceLineEndings(" | ")}";
}

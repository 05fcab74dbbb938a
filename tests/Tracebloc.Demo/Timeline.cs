using Spectre.Console;

namespace Tracebloc.Demo;

/// <summary>Prints each scene as it is played, and checks that it went as its title says.</summary>
internal sealed class Timeline(DemoWorld world)
{
    private const string Command = "image-refresh run --config refresh.yaml --kubeconfig kubeconfig";

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Out = new UnwrappedOutput(Console.Out),
    });

    private int _played;
    private int _failed;

    public void Open()
    {
        _console.MarkupLine("[bold]Image refresh[/], on a registry and a Kubernetes API inside this process.");
        _console.MarkupLine("[grey]refresh.yaml[/]");
        foreach (var line in world.Configuration.TrimEnd().Split('\n'))
            _console.MarkupLine($"[grey]  {line.EscapeMarkup()}[/]");
    }

    public async Task PlayAsync(Scene scene, CancellationToken token)
    {
        var rollouts = world.Rollouts;
        scene.Happens(world);
        var external = world.Rollouts - rollouts;
        _console.WriteLine();
        _console.MarkupLine($"[bold]{++_played,2}  {scene.Title.EscapeMarkup()}[/]");
        if (_played == 1)
            _console.MarkupLine($"    [grey]$ {Command}[/]");
        var tick = await world.TickAsync(token);
        foreach (var line in tick.StandardOutput.TrimEnd().Split('\n'))
            _console.MarkupLine($"    {line.EscapeMarkup()}");
        var started = world.Rollouts - rollouts - external;
        var verdict = tick.ExitCode == scene.ExitCode && started == scene.Rollouts;
        _console.MarkupLine(
            $"    [grey]exit {tick.ExitCode}, {started} rollouts; {world.Cluster.Count("get", "deployments")} GET, "
            + $"{world.Cluster.Writes.Count} PATCH, {world.RegistryRequests} registry requests[/]");
        if (verdict)
            return;
        _failed++;
        _console.MarkupLine($"    [red]expected exit {scene.ExitCode} and {scene.Rollouts} rollouts[/]");
        Console.Error.WriteLine(tick.StandardError);
    }

    public int Close()
    {
        _console.WriteLine();
        _console.MarkupLine("[bold]Annotations on the workload[/]");
        foreach (var (key, value) in world.Annotations())
            _console.MarkupLine($"    {key.EscapeMarkup()}: {value.EscapeMarkup()}");
        _console.MarkupLine(_failed == 0
            ? $"[green]All {_played} scenes succeeded.[/]"
            : $"[red]{_failed} of {_played} scenes went wrong.[/]");
        return _failed == 0 ? 0 : 1;
    }
}

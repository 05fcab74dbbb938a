namespace Tracebloc.Demo;

/// <summary>Plays the scenes of image refresh, and checks that each went as its title says.</summary>
internal sealed class Timeline(DemoWorld world, Stage stage)
{
    private const string Command = "image-refresh run --config refresh.yaml --kubeconfig kubeconfig";

    /// <returns>How many scenes failed.</returns>
    public async Task<int> PlayAsync(CancellationToken token)
    {
        stage.Open("Image refresh", "on a registry and a Kubernetes API inside this process.");
        stage.Show("refresh.yaml", world.Configuration);
        foreach (var scene in Scene.All)
            await PlayAsync(scene, token);
        stage.Heading("Annotations on the workload");
        foreach (var (key, value) in world.Annotations())
            stage.Print($"{key}: {value}");
        return stage.Close();
    }

    private async Task PlayAsync(Scene scene, CancellationToken token)
    {
        var rollouts = world.Rollouts;
        scene.Happens(world);
        var external = world.Rollouts - rollouts;
        stage.Begin(scene.Title);
        if (scene == Scene.All[0])
            stage.Command(Command);
        var tick = await world.TickAsync(token);
        stage.Print(tick.StandardOutput);
        var started = world.Rollouts - rollouts - external;
        stage.Remark(
            $"exit {tick.ExitCode}, {started} rollouts; {world.Cluster.Count("get", "deployments")} GET, "
            + $"{world.Cluster.Writes.Count} PATCH, {world.RegistryRequests} registry requests");
        if (tick.ExitCode != scene.ExitCode || started != scene.Rollouts)
            stage.Fail($"exit {scene.ExitCode} and {scene.Rollouts} rollouts", tick.StandardError);
    }
}

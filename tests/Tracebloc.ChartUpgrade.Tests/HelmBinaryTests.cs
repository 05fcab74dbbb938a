using Tracebloc.ChartUpgrade.Helm;
using Tracebloc.Configuration;

namespace Tracebloc.ChartUpgrade.Tests;

public sealed class HelmBinaryTests : IDisposable
{
    private readonly FakeHelm _helm = new();

    [Fact]
    public void The_one_that_is_named_wins_over_the_one_on_path()
    {
        using var other = new FakeHelm();

        Assert.Equal(_helm.Program, Find(("HELM", _helm.Program), ("PATH", Path.GetDirectoryName(other.Program)!)));
    }

    [Fact]
    public void The_first_on_path_is_taken() =>
        Assert.Equal(_helm.Program, Find(("PATH", $"/nowhere::{Path.GetDirectoryName(_helm.Program)}")));

    [Fact]
    public void A_name_of_nothing_is_a_mistake_whatever_is_on_path() =>
        Assert.Equal(
            "HELM names /nowhere/helm, which does not exist; install helm 3.14 or newer, or name its file by HELM",
            Assert.Throws<ConfigurationException>(
                () => Find(("HELM", "/nowhere/helm"), ("PATH", Path.GetDirectoryName(_helm.Program)!))).Message);

    [Fact]
    public void None_at_all_is_said_with_the_remedy() =>
        Assert.StartsWith(
            "there is no helm on PATH; install", Assert.Throws<ConfigurationException>(() => Find()).Message);

    [Fact]
    public void The_parent_of_a_linked_folder_is_that_of_its_target()
    {
        var folder = Directory.CreateTempSubdirectory("helm-");
        var deep = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_helm.Program)!, "deep"));
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "short"), deep.FullName);
        var named = Path.Combine(folder.FullName, "short", "..", Path.GetFileName(_helm.Program));

        Assert.Equal(named, Find(("HELM", named)));

        folder.Delete(recursive: true);
    }

    public void Dispose() => _helm.Dispose();

    private static string Find(params (string Name, string Value)[] environment) =>
        HelmBinary.Find(name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}

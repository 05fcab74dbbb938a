using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Tests;

/// <summary>A configuration in a folder of its own, beside the files that it names.</summary>
internal sealed class ConfigurationFile : IDisposable
{
    /// <summary>The first two lines of every configuration.</summary>
    public const string Head = "apiVersion: refresh.tracebloc.io/v1\nkind: RefreshConfig\n";

    /// <summary>The least that it says, in four lines.</summary>
    public const string Minimal = $$"""
        {{Head}}images:
        - {name: web, image: ghcr.io/acme/web:stable, workload: deployment/web, action: restart}

        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("tracebloc").FullName;

    public string Path => System.IO.Path.Combine(_directory, "refresh.yaml");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public string Beside(string name) => System.IO.Path.Combine(_directory, name);

    public string With(string name, string content)
    {
        File.WriteAllText(Beside(name), content);
        return Beside(name);
    }

    /// <summary>Writes a kubeconfig and a configuration of the fixture's one image, with more keys after it.</summary>
    public void WithImageOf(TickFixture fixture, string more)
    {
        With("kubeconfig", fixture.Api.Kubeconfig);
        File.WriteAllText(Path, $"""
            {Head}images:
              - name: ingestor
                image: {fixture.SetEnv().Image}
                workload: deployment/acme
                action: setEnv
                container: api
                env: INGESTOR_IMAGE_DIGEST
            {more}
            """);
    }

    public RefreshConfiguration Read(string text)
    {
        File.WriteAllText(Path, text);
        return RefreshConfigurationReader.Read(Path);
    }

    public RefreshConfiguration ReadRegistries(string text)
    {
        File.WriteAllText(Path, text);
        return RefreshConfigurationReader.ReadRegistries(Path);
    }

    /// <summary>Its errors, one string each, without the folder.</summary>
    public IEnumerable<string> ErrorsOf(string text) => ErrorsOf(() => Read(text));

    public IEnumerable<string> ErrorsOf(Action read)
    {
        var exception = Assert.Throws<ConfigurationException>(read);
        Assert.Equal(exception.Message, string.Join('\n', exception.Errors));
        return exception.Errors
            .Select(error => error.ToString().Replace(_directory + "/", "", StringComparison.Ordinal));
    }
}

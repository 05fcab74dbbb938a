using k8s;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>A data scientist's machine: the published command line, kubeconfigs and data sets in one folder.</summary>
internal sealed class Workstation : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tracebloc-e2e-desk-");
    private readonly Kubectl _kubectl;
    private readonly string _program;
    private readonly string _authority;

    private Workstation(Kubectl kubectl, string program, Uri server, string authority)
    {
        (_kubectl, _program, _authority, Server) = (kubectl, program, authority, server);
        Data = new LocalData(_folder.CreateSubdirectory("data").FullName);
    }

    /// <summary>The API server's own address.</summary>
    public Uri Server { get; }

    public LocalData Data { get; }

    /// <param name="kubectl">The namespace of the release.</param>
    /// <param name="program">The published command line.</param>
    public static async Task<Workstation> SetUpAsync(Kubectl kubectl, string program)
    {
        var found = await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(
            new FileInfo(kubectl.KubeConfig));
        var authority = string.Join('\n', found.SslCaCerts.Select(one => one.ExportCertificatePem()));
        return new Workstation(kubectl, program, new Uri(found.Host), authority);
    }

    /// <summary>Starts the command line, with nothing but a home in its environment.</summary>
    /// <param name="token">The token of its user.</param>
    /// <param name="server">The API server, or a relay before it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public ChildProgram Start(
        string token, Uri server, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var home = _folder.CreateSubdirectory("home").FullName;
        // Children of a shell's background command ignore SIGINT, and these must not.
        return ChildProgram.Start(
            "/usr/bin/env",
            ["--default-signal=INT", _program, .. arguments, $"--kubeconfig={KubeConfig(token, server)}"],
            [("HOME", home)],
            cancellationToken);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string KubeConfig(string token, Uri server)
    {
        var file = Path.Combine(_folder.FullName, $"{Path.GetRandomFileName()}.yaml");
        File.WriteAllText(
            file,
            Manifest.Read(
                "kubeconfig",
                ("SERVER", $"{server}"), ("NAMESPACE", _kubectl.Namespace), ("TOKEN", token),
                ("AUTHORITY", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(_authority)))));
        return file;
    }
}

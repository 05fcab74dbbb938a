namespace Tracebloc.Testing.Kubernetes;

/// <summary>How the fake comes up.</summary>
public sealed record FakeKubernetesApiOptions
{
    /// <summary>The clock of timestamps and of the ends of watches.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The version that is played.</summary>
    public FakeServerVersion Version { get; init; } = FakeServerVersion.Old;

    /// <summary>Speaks TLS with a certificate of these; null: plain HTTP.</summary>
    public TestCertificates? Certificates { get; init; }

    /// <summary>
    /// Demands a client certificate, of <see cref="Certificates"/>; a bearer token is then not asked for.
    /// </summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>Where references without a namespace look; exists from the start.</summary>
    public string Namespace { get; init; } = "tracebloc";

    /// <summary>The client's name in RBAC's refusals.</summary>
    public string User { get; init; } = "system:serviceaccount:tracebloc:image-refresh";

    /// <summary>The served types; a request for another is answered with 501 and fails the test at the end.</summary>
    public IReadOnlyList<FakeResourceType> Types { get; init; } = FakeResourceType.Known;

    /// <summary>The custom types among them that are installed.</summary>
    public FakeDefinitions Definitions { get; init; } = new();

    /// <summary>The bound of a wait for a call, in real time.</summary>
    public TimeSpan PatienceOfWaits { get; init; } = Bound.OfWaits;

    /// <summary>The longest life of a token that the server grants.</summary>
    public TimeSpan LongestToken { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many nodes a DaemonSet runs on.</summary>
    public int Nodes { get; init; } = 1;
}

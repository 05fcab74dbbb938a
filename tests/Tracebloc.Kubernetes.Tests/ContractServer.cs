namespace Tracebloc.Kubernetes.Tests;

/// <summary>A server for one test of <see cref="KubernetesContract"/>, with a namespace of the test's own.</summary>
public abstract class ContractServer : IAsyncDisposable
{
    /// <summary>An administrator's access, in the test's namespace.</summary>
    public abstract KubernetesClientConfiguration Administrator { get; }

    /// <summary>Access that may not read Deployments.</summary>
    public abstract KubernetesClientConfiguration Restricted { get; }

    /// <summary>
    /// Makes the open watch be told a bookmark; a real server does so by itself before a watch times out.
    /// </summary>
    public virtual Task ProvokeBookmarkAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes resource version 1 one that is forgotten, where that is possible.</summary>
    public virtual void ForgetHistory() => throw new NotSupportedException();

    /// <summary>Installs the definition of <see cref="Widgets.Type"/>, of which the server has none at first.</summary>
    public abstract Task InstallWidgetsAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the definition again, its objects first.</summary>
    public abstract Task UninstallWidgetsAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

namespace Tracebloc.Testing.Kubernetes;

/// <remarks>The definitions of custom resources, and backups.</remarks>
public sealed partial class FakeKubernetesApi
{
    /// <summary>The definition of a custom type is installed.</summary>
    public void Install(FakeResourceType type) => _options.Definitions.Set(type, isInstalled: true);

    /// <summary>The definition of a custom type is deleted, its objects first; open watches end.</summary>
    /// <exception cref="InvalidOperationException">Finalizers hold an object, and so the definition.</exception>
    public void Uninstall(FakeResourceType type)
    {
        lock (Gate)
        {
            foreach (var item in _cluster.Store.List(type, null).ToList())
                if (_cluster.Delete(item) is not null)
                    throw new InvalidOperationException($"finalizers hold {type} {item.Name}");
        }

        _options.Definitions.Set(type, isInstalled: false);
        EndWatches();
    }

    /// <summary>Saves all objects.</summary>
    public FakeBackup Backup()
    {
        lock (Gate) return _cluster.Store.Backup();
    }

    /// <summary>Restores etcd from a backup: versions go back, and watches end.</summary>
    public void Restore(FakeBackup backup)
    {
        lock (Gate) _cluster.Store.Restore(backup);
        EndWatches();
    }
}

using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>Adds to a patch what has to be remembered of the changes in it, so that no kill can lose it.</summary>
internal interface IPatchExtension
{
    /// <param name="edit">The patch.</param>
    /// <param name="workload">The workload, as it was before.</param>
    /// <param name="changes">The changes of records that the patch makes.</param>
    WorkloadEdit Extend(WorkloadEdit edit, Workload workload, IReadOnlyList<ImageChange> changes);
}

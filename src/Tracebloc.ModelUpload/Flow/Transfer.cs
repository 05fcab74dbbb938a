namespace Tracebloc.ModelUpload.Flow;

/// <summary>The means that all parts of a run share.</summary>
/// <param name="Memory">The buffers.</param>
/// <param name="Rate">The bandwidth.</param>
/// <param name="Progress">The count of the bytes that passed.</param>
/// <param name="Retry">The waits between attempts.</param>
/// <param name="Time">The clock.</param>
internal sealed record Transfer(
    MemoryBudget Memory, RateLimit Rate, ITransferProgress Progress, RetryRule Retry, TimeProvider Time);

namespace Soracom.Portal.Shared.Layout;

/// <summary>What sort of news a notice brings.</summary>
public enum NoticeKind
{
    /// <summary>There is nothing to show.</summary>
    Empty,

    /// <summary>Something to know or to do next.</summary>
    Info,

    /// <summary>It is not permitted.</summary>
    Denied,

    /// <summary>It has to wait.</summary>
    Waiting,

    /// <summary>It failed.</summary>
    Failed,
}

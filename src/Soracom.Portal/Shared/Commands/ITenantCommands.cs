namespace Soracom.Portal.Shared.Commands;

/// <summary>
/// What whoever runs the installation does by a command to a tenant for which nobody else can: it has no partner, or one that may not do everything there and
/// no owner who could widen or end that. Features bring it; the program's commands call it.
/// </summary>
internal interface ITenantCommands
{
    /// <summary>Suspends a tenant, as a partner does on the customer's page. Its owners are told by mail.</summary>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <param name="reason">Why, for the trail and for its people; 1 to 500 characters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What came of it.</returns>
    Task<CommandAnswer> SuspendAsync(string slug, string reason, CancellationToken cancellationToken);

    /// <summary>Lets a suspended tenant's people in again.</summary>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <param name="reason">Why, for the trail; 1 to 500 characters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What came of it.</returns>
    Task<CommandAnswer> ResumeAsync(string slug, string reason, CancellationToken cancellationToken);

    /// <summary>Removes a suspended tenant for good, after the days in which its owners can object. Given again, it goes on with what was left.</summary>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <param name="typed">The same once more.</param>
    /// <param name="reason">Why, for the trail; 1 to 500 characters.</param>
    /// <param name="cancellationToken">Cancels, until the keys are destroyed.</param>
    /// <returns>What came of it.</returns>
    Task<CommandAnswer> RemoveAsync(string slug, string typed, string reason, CancellationToken cancellationToken);
}

/// <summary>What a command prints and ends with.</summary>
/// <param name="Said">One line, in English as all that commands print.</param>
/// <param name="ExitCode">0 where it was done, 1 where nothing was changed.</param>
internal readonly record struct CommandAnswer(string Said, int ExitCode)
{
    /// <summary>It was done.</summary>
    /// <param name="said">What was.</param>
    public static CommandAnswer Done(string said) => new(said, 0);

    /// <summary>Nothing was changed.</summary>
    /// <param name="said">Why.</param>
    public static CommandAnswer Refused(string said) => new(said, 1);
}

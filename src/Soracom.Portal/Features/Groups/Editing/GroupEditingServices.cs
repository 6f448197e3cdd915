namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>Puts together what the form of a group's settings needs.</summary>
internal static class GroupEditingServices
{
    /// <summary>Adds what the fields offer to choose from.</summary>
    public static IServiceCollection AddGroupEditing(this IServiceCollection services) => services.AddSingleton<GroupEditingChoices>();
}

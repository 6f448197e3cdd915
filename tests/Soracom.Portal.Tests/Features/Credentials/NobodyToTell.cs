using Soracom.Portal.Data;
using Soracom.Portal.Features.Credentials;

namespace Soracom.Portal.Tests.Features.Credentials;

/// <summary>For stores without a host, in which members act and no partner does: then there is nobody to tell.</summary>
internal static class NobodyToTell
{
    public static CredentialNotices Of(PortalDatabase database, TimeProvider clock) => new(database, null!, null!, null!, clock);
}

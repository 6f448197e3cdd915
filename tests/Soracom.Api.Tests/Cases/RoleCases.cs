using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class RoleCases : IApiCases
{
    private const string InUse = "sim-operators";
    private const string Unused = "unused";
    private const string Managed = "srn:soracom:::Role:ReadOnlyAccess";
    private const string Somebody = "portal";
    private const string Nobody = "nobody";

    private static readonly object Body = new { description = "課金閲覧", permission = """{"statements":[{"effect":"allow","api":"Billing:get*"}]}""" };

    public static IEnumerable<ApiCase> All =>
    [
        new("listRoles", 200, api => api.CallAsync("listRoles", [api.Aoba.OperatorId])),
        new("listRoles", 200, api => api.CallAsync("listRoles", [api.Aoba.OperatorId], "owner=soracom")) { About = "the service's" },
        new("listRoles", 200, api => api.CallAsync("listRoles", [api.Aoba.OperatorId], "owner=all")) { About = "all" },
        new("getRole", 200, api => OnAsync(api, "getRole", InUse)) { About = "the operator's" },
        new("getRole", 200, api => OnAsync(api, "getRole", Managed)) { About = "the service's" },
        new("getRole", 404, api => OnAsync(api, "getRole", "none")),
        new("createRole", 200, api => OnAsync(api, "createRole", "billing", Body)),
        new("createRole", 400, api => OnAsync(api, "createRole", InUse, Body)) { About = "taken" },
        new("createRole", 400, api => OnAsync(api, "createRole", "billing", new { permission = "allow all" })) { About = "no document" },
        new("updateRole", 200, api => OnAsync(api, "updateRole", InUse, Body)),
        new("updateRole", 404, api => OnAsync(api, "updateRole", "none", Body)) { About = "unknown" },
        new("updateRole", 404, api => OnAsync(api, "updateRole", Managed, Body)) { About = "the service's" },
        new("deleteRole", 204, api => OnAsync(api, "deleteRole", Unused)),
        new("deleteRole", 400, api => OnAsync(api, "deleteRole", InUse)),
        new("deleteRole", 404, api => OnAsync(api, "deleteRole", "none")),
        new("listRoleAttachedUsers", 200, api => OnAsync(api, "listRoleAttachedUsers", InUse)),
        new("listRoleAttachedUsers", 404, api => OnAsync(api, "listRoleAttachedUsers", "none")),
        new("listRoleVersions", 200, api => OnAsync(api, "listRoleVersions", Managed)),
        new("listRoleVersions", 400, api => OnAsync(api, "listRoleVersions", InUse)),
        new("listRoleVersions", 404, api => OnAsync(api, "listRoleVersions", "srn:soracom:::Role:None")),
        new("listUserRoles", 200, api => OnAsync(api, "listUserRoles", "sato.kenji")),
        new("listUserRoles", 404, api => OnAsync(api, "listUserRoles", Nobody)),
        new("attachRole", 200, api => OnAsync(api, "attachRole", Somebody, new { roleId = Managed })),
        new("attachRole", 400, api => OnAsync(api, "attachRole", "sato.kenji", new { roleId = InUse })) { About = "twice" },
        new("attachRole", 400, api => OnAsync(api, "attachRole", Somebody, new { roleId = "none" })) { About = "unknown role" },
        new("attachRole", 404, api => OnAsync(api, "attachRole", Nobody, new { roleId = InUse })),
        new("detachRole", 200, api => api.CallAsync("detachRole", [api.Aoba.OperatorId, "suzuki.aoi", "srn:soracom:::Role:BillingReadOnlyAccess"])),
        new("detachRole", 404, api => api.CallAsync("detachRole", [api.Aoba.OperatorId, Somebody, InUse])),
    ];

    private static Task<Reply> OnAsync(ApiCalls api, string operation, string id, object? body = null) =>
        api.CallAsync(operation, [api.Aoba.OperatorId, id], body: body);
}
